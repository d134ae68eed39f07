CREATE TABLE "holdings" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "holdings_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"unit" text NOT NULL,
	"role" text NOT NULL,
	"person" text NOT NULL,
	"held_as" text NOT NULL,
	"rank" integer NOT NULL,
	"from_day" date NOT NULL,
	"to_day" date,
	"entered_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"changed_at" timestamp(3) with time zone
);
--> statement-breakpoint
CREATE TABLE "leave" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "leave_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"person" text NOT NULL,
	"from_at" timestamp(3) with time zone NOT NULL,
	"to_at" timestamp(3) with time zone NOT NULL,
	"kind" text NOT NULL,
	"recorded_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"cancelled_at" timestamp(3) with time zone,
	CONSTRAINT "leave_goes_forward" CHECK ("leave"."from_at" < "leave"."to_at")
);
--> statement-breakpoint
CREATE TABLE "people" (
	"id" text PRIMARY KEY NOT NULL,
	"place" integer NOT NULL,
	"name" text NOT NULL,
	"title" jsonb,
	"unit" text NOT NULL,
	"email" text,
	"phone" text,
	"lang" text,
	"ways" jsonb,
	"left_on" date
);
--> statement-breakpoint
CREATE TABLE "rota_changes" (
	"id" text NOT NULL,
	"part" integer NOT NULL,
	"seq" bigint GENERATED ALWAYS AS IDENTITY (sequence name "rota_changes_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"rota" text NOT NULL,
	"who" text,
	"instead" text,
	"from_at" timestamp(3) with time zone,
	"to_at" timestamp(3) with time zone,
	"revokes" text,
	"recorded_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "rota_changes_id_part_pk" PRIMARY KEY("id","part"),
	CONSTRAINT "rota_changes_whole" CHECK (case "rota_changes"."kind" when 'revoke' then "rota_changes"."revokes" is not null else "rota_changes"."who" is not null and "rota_changes"."from_at" < "rota_changes"."to_at" end)
);
--> statement-breakpoint
CREATE TABLE "rotas" (
	"id" text NOT NULL,
	"from_day" date NOT NULL,
	"to_day" date,
	"place" integer NOT NULL,
	"plan" jsonb NOT NULL,
	CONSTRAINT "rotas_id_from_day_pk" PRIMARY KEY("id","from_day")
);
--> statement-breakpoint
CREATE TABLE "units" (
	"id" text PRIMARY KEY NOT NULL,
	"place" integer NOT NULL,
	"title" jsonb NOT NULL,
	"parent" text,
	"liaison" text,
	"reserve" jsonb DEFAULT '[]'::jsonb NOT NULL
);
--> statement-breakpoint
ALTER TABLE "posts" ALTER COLUMN "email" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "posts" ALTER COLUMN "lang" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "institutions" ADD COLUMN "zone" text DEFAULT 'Asia/Shanghai' NOT NULL;--> statement-breakpoint
ALTER TABLE "institutions" ADD COLUMN "letterhead" jsonb;--> statement-breakpoint
ALTER TABLE "institutions" ADD COLUMN "numbering" jsonb;--> statement-breakpoint
ALTER TABLE "institutions" ADD COLUMN "notices" jsonb;--> statement-breakpoint
ALTER TABLE "institutions" ADD COLUMN "revision" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "institutions" ADD COLUMN "source" text;--> statement-breakpoint
ALTER TABLE "posts" ADD COLUMN "place" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "posts" ADD COLUMN "group_name" text;--> statement-breakpoint
ALTER TABLE "posts" ADD COLUMN "rota" text;--> statement-breakpoint
ALTER TABLE "posts" ADD COLUMN "held" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX "holdings_post" ON "holdings" USING btree ("unit","role","from_day");--> statement-breakpoint
CREATE INDEX "holdings_person" ON "holdings" USING btree ("person");--> statement-breakpoint
CREATE INDEX "leave_person" ON "leave" USING btree ("person","from_at");--> statement-breakpoint
CREATE INDEX "rota_changes_rota" ON "rota_changes" USING btree ("rota","seq");