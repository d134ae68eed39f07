ALTER TABLE "notices" ADD COLUMN "not_before" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "notices" ADD COLUMN "waiting" jsonb;--> statement-breakpoint
ALTER TABLE "notices" ADD COLUMN "digest" text;--> statement-breakpoint
ALTER TABLE "notices" ADD COLUMN "claimed_at" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "notices" ADD COLUMN "outcome" jsonb;--> statement-breakpoint
CREATE INDEX "notices_waiting" ON "notices" USING btree ("not_before") WHERE "notices"."status" = 'waiting';--> statement-breakpoint
CREATE INDEX "notices_digest" ON "notices" USING btree ("digest") WHERE "notices"."status" = 'sending';