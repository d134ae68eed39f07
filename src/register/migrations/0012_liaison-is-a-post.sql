-- A unit's liaison had been a column that was only shown. From now on it is a post, to which notices go; where the unit
-- has a post of that name already, that one stays. It was never written down since when somebody was liaison.
INSERT INTO "posts" ("unit", "role", "place", "title", "held")
  SELECT "id", 'liaison', 1000, '{"zh": "联络员", "en": "Liaison"}', true FROM "units" WHERE "liaison" IS NOT NULL ON CONFLICT DO NOTHING;--> statement-breakpoint
INSERT INTO "holdings" ("unit", "role", "person", "held_as", "rank", "from_day")
  SELECT u."id", 'liaison', u."liaison", 'holder', 0, current_date FROM "units" u JOIN "posts" p ON p."unit" = u."id" AND p."role" = 'liaison' AND p."place" = 1000
  WHERE u."liaison" IS NOT NULL;--> statement-breakpoint
-- Nothing read the reserve but a list: its people stay where they belong, and a team to be called out is a unit.
ALTER TABLE "units" DROP COLUMN "liaison";--> statement-breakpoint
ALTER TABLE "units" DROP COLUMN "reserve";