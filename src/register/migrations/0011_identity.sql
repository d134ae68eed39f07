ALTER TABLE "intakes" ADD COLUMN "identity" jsonb;--> statement-breakpoint
-- Who is kept to a few from now on can no longer be found by name.
DROP TRIGGER intake_words_follow ON "intakes";
--> statement-breakpoint
CREATE TRIGGER intake_words_follow AFTER UPDATE OF contact, summary, identity OR DELETE ON "intakes"
  FOR EACH ROW EXECUTE FUNCTION forget_intake_words();
