CREATE TABLE "cases" (
	"receipt" text PRIMARY KEY NOT NULL,
	"seq" integer NOT NULL,
	"procedure" text NOT NULL,
	"version" integer NOT NULL,
	"unit" text NOT NULL,
	"stage" text NOT NULL,
	"overdue" boolean NOT NULL,
	"level" integer NOT NULL,
	"received_at" timestamp(3) with time zone NOT NULL,
	"closed_at" timestamp(3) with time zone,
	"next_due" timestamp(3) with time zone,
	"view" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "duties" (
	"receipt" text NOT NULL,
	"instance" text NOT NULL,
	"owes" text NOT NULL,
	"status" text NOT NULL,
	"overdue" boolean NOT NULL,
	"due_at" timestamp(3) with time zone NOT NULL,
	"view" jsonb NOT NULL,
	CONSTRAINT "duties_receipt_instance_pk" PRIMARY KEY("receipt","instance")
);
--> statement-breakpoint
CREATE TABLE "events" (
	"receipt" text NOT NULL,
	"seq" integer NOT NULL,
	"type" text NOT NULL,
	"at" timestamp(3) with time zone NOT NULL,
	"recorded_at" timestamp(3) with time zone NOT NULL,
	"body" jsonb NOT NULL,
	CONSTRAINT "events_receipt_seq_pk" PRIMARY KEY("receipt","seq")
);
--> statement-breakpoint
CREATE TABLE "institutions" (
	"id" text PRIMARY KEY NOT NULL,
	"title" jsonb NOT NULL,
	"lang" text NOT NULL,
	"units" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "intakes" (
	"receipt" text PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"contact" jsonb NOT NULL,
	"summary" text NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "intakes_key" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "notices" (
	"key" text PRIMARY KEY NOT NULL,
	"receipt" text NOT NULL,
	"of" integer NOT NULL,
	"role" text NOT NULL,
	"subject" jsonb NOT NULL,
	"status" text NOT NULL,
	"attempts" integer NOT NULL,
	"channel" text,
	"reason" text,
	"sent_at" timestamp(3) with time zone
);
--> statement-breakpoint
CREATE TABLE "papers" (
	"key" text PRIMARY KEY NOT NULL,
	"receipt" text NOT NULL,
	"of" integer NOT NULL,
	"kind" text NOT NULL,
	"path" text NOT NULL,
	"sha256" text NOT NULL,
	"filed_at" timestamp(3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "posts" (
	"unit" text NOT NULL,
	"role" text NOT NULL,
	"title" jsonb,
	"email" text NOT NULL,
	"lang" text NOT NULL,
	CONSTRAINT "posts_unit_role_pk" PRIMARY KEY("unit","role")
);
--> statement-breakpoint
CREATE INDEX "cases_stage" ON "cases" USING btree ("stage","received_at");--> statement-breakpoint
CREATE INDEX "cases_unit" ON "cases" USING btree ("unit","received_at");--> statement-breakpoint
CREATE INDEX "cases_overdue" ON "cases" USING btree ("level","received_at") WHERE "cases"."overdue";--> statement-breakpoint
CREATE INDEX "cases_level" ON "cases" USING btree ("level");--> statement-breakpoint
CREATE INDEX "cases_received" ON "cases" USING btree ("received_at","receipt");--> statement-breakpoint
CREATE INDEX "duties_open" ON "duties" USING btree ("due_at") WHERE "duties"."status" = 'open';--> statement-breakpoint
CREATE INDEX "duties_open_by_role" ON "duties" USING btree ("owes","due_at") WHERE "duties"."status" = 'open';--> statement-breakpoint
CREATE INDEX "events_type" ON "events" USING btree ("type","at");--> statement-breakpoint
CREATE INDEX "notices_receipt" ON "notices" USING btree ("receipt","of");--> statement-breakpoint
CREATE INDEX "notices_unsent" ON "notices" USING btree ("status") WHERE "notices"."status" <> 'sent';--> statement-breakpoint
CREATE INDEX "papers_receipt" ON "papers" USING btree ("receipt","of");