-- The units had been one column; as rows they can have more.
INSERT INTO "units" ("id", "place", "title", "parent")
  SELECT u.key, row_number() OVER (ORDER BY u.key), u.value->'title', u.value->>'parent' FROM "institutions" i, jsonb_each(i."units") u;--> statement-breakpoint
ALTER TABLE "institutions" DROP COLUMN "units";
