CREATE TABLE "paper_copies" (
	"paper" text NOT NULL,
	"role" text NOT NULL,
	"person" text,
	"given_at" timestamp(3) with time zone,
	"how" text,
	CONSTRAINT "paper_copies_paper_role_pk" PRIMARY KEY("paper","role")
);
--> statement-breakpoint
CREATE TABLE "paper_deliveries" (
	"seq" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "paper_deliveries_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"key" text NOT NULL,
	"paper" text NOT NULL,
	"what" text NOT NULL,
	"how" text NOT NULL,
	"at" timestamp(3) with time zone NOT NULL,
	"tracking" text,
	"proof" text,
	"by" jsonb,
	"recorded_at" timestamp(3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "paper_series" (
	"series" text NOT NULL,
	"year" integer NOT NULL,
	"last" integer NOT NULL,
	CONSTRAINT "paper_series_series_year_pk" PRIMARY KEY("series","year")
);
--> statement-breakpoint
ALTER TABLE "papers" ALTER COLUMN "sha256" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "papers" ALTER COLUMN "filed_at" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "papers" ALTER COLUMN "filed_at" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "papers" ADD COLUMN "document" text;--> statement-breakpoint
UPDATE "papers" SET "document" = "key";--> statement-breakpoint
ALTER TABLE "papers" ALTER COLUMN "document" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "papers" ADD COLUMN "unit" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "papers" ADD COLUMN "title" jsonb;--> statement-breakpoint
ALTER TABLE "papers" ADD COLUMN "series" text;--> statement-breakpoint
ALTER TABLE "papers" ADD COLUMN "year" integer;--> statement-breakpoint
ALTER TABLE "papers" ADD COLUMN "n" integer;--> statement-breakpoint
ALTER TABLE "papers" ADD COLUMN "number" text;--> statement-breakpoint
ALTER TABLE "papers" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "papers" ADD COLUMN "supersedes" text;--> statement-breakpoint
ALTER TABLE "papers" ADD COLUMN "replaced" text;--> statement-breakpoint
ALTER TABLE "papers" ADD COLUMN "reason" text;--> statement-breakpoint
ALTER TABLE "papers" ADD COLUMN "by" jsonb;--> statement-breakpoint
ALTER TABLE "papers" ADD COLUMN "given_up" text;--> statement-breakpoint
ALTER TABLE "papers" ADD COLUMN "size" integer;--> statement-breakpoint
ALTER TABLE "papers" ADD COLUMN "pdf_path" text;--> statement-breakpoint
ALTER TABLE "papers" ADD COLUMN "pdf_sha256" text;--> statement-breakpoint
ALTER TABLE "papers" ADD COLUMN "state" text;--> statement-breakpoint
UPDATE "papers" SET "state" = 'filed';--> statement-breakpoint
ALTER TABLE "papers" ALTER COLUMN "state" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "papers" ADD COLUMN "made_at" timestamp(3) with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "papers" ADD COLUMN "addressee" text;--> statement-breakpoint
ALTER TABLE "papers" ADD COLUMN "copies" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "paper_deliveries_key" ON "paper_deliveries" USING btree ("key");--> statement-breakpoint
CREATE INDEX "paper_deliveries_paper" ON "paper_deliveries" USING btree ("paper","seq");--> statement-breakpoint
CREATE UNIQUE INDEX "papers_version" ON "papers" USING btree ("document","version");--> statement-breakpoint
CREATE UNIQUE INDEX "papers_path" ON "papers" USING btree ("path");--> statement-breakpoint
CREATE UNIQUE INDEX "papers_in_series" ON "papers" USING btree ("series","year","n","version");--> statement-breakpoint
CREATE UNIQUE INDEX "papers_number" ON "papers" USING btree ("number","version");--> statement-breakpoint
CREATE INDEX "papers_made" ON "papers" USING btree ("made_at");--> statement-breakpoint
ALTER TABLE "papers" ADD CONSTRAINT "papers_number_whole" CHECK (num_nulls("papers"."series", "papers"."year", "papers"."n", "papers"."number") in (0, 4));--> statement-breakpoint
ALTER TABLE "papers" ADD CONSTRAINT "papers_filed_whole" CHECK ("papers"."state" <> 'filed' or ("papers"."sha256" is not null and "papers"."filed_at" is not null));--> statement-breakpoint
ALTER TABLE "papers" ADD CONSTRAINT "papers_replaces" CHECK (("papers"."version" = 1) = ("papers"."supersedes" is null));