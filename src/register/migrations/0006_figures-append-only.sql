-- What somebody said to an entry of the accountability ledger stays as it was said. Further words are a further row.
CREATE FUNCTION refuse_other_explanation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'an explanation is never changed and never removed'
    USING ERRCODE = 'RD003';
END
$$;
--> statement-breakpoint
CREATE TRIGGER explanations_are_append_only BEFORE UPDATE OR DELETE ON "explanations"
  FOR EACH ROW EXECUTE FUNCTION refuse_other_explanation();
--> statement-breakpoint
CREATE TRIGGER explanations_are_kept BEFORE TRUNCATE ON "explanations"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_other_explanation();
--> statement-breakpoint
-- Personal data lies in "intakes"; what a search finds of it is a shadow. What is changed or erased there is gone here.
CREATE FUNCTION forget_intake_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM intake_words WHERE receipt = OLD.receipt;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER intake_words_follow AFTER UPDATE OF contact, summary OR DELETE ON "intakes"
  FOR EACH ROW EXECUTE FUNCTION forget_intake_words();
--> statement-breakpoint
CREATE FUNCTION forget_all_intake_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM intake_words;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER intake_words_are_emptied AFTER TRUNCATE ON "intakes"
  FOR EACH STATEMENT EXECUTE FUNCTION forget_all_intake_words();
