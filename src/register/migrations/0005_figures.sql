CREATE TABLE "event_words" (
	"receipt" text NOT NULL,
	"seq" integer NOT NULL,
	"words" text NOT NULL,
	"grams" bigint[] NOT NULL,
	CONSTRAINT "event_words_receipt_seq_pk" PRIMARY KEY("receipt","seq")
);
--> statement-breakpoint
CREATE TABLE "explanations" (
	"key" text PRIMARY KEY NOT NULL,
	"receipt" text NOT NULL,
	"instance" text NOT NULL,
	"role" text NOT NULL,
	"person" text NOT NULL,
	"text" text NOT NULL,
	"at" timestamp(3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "intake_words" (
	"receipt" text PRIMARY KEY NOT NULL,
	"words" text NOT NULL,
	"grams" bigint[] NOT NULL
);
--> statement-breakpoint
CREATE INDEX "event_words_grams" ON "event_words" USING gin ("grams");--> statement-breakpoint
CREATE INDEX "explanations_receipt" ON "explanations" USING btree ("receipt","instance");--> statement-breakpoint
CREATE INDEX "intake_words_grams" ON "intake_words" USING gin ("grams");