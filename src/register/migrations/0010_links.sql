CREATE TABLE "case_links" (
	"receipt" text NOT NULL,
	"key" text NOT NULL,
	"other" text NOT NULL,
	"relation" text NOT NULL,
	CONSTRAINT "case_links_receipt_key_pk" PRIMARY KEY("receipt","key")
);
--> statement-breakpoint
CREATE INDEX "case_links_other" ON "case_links" USING btree ("other");