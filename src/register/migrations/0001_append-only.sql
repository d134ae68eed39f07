-- What a timeline says is never changed. Recording an event again is harmless; recording another one
-- under the same number ends here, and with it the whole statement.
CREATE FUNCTION refuse_other_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'event % of a case is already recorded and is never changed', OLD.seq
    USING ERRCODE = 'RD001', DETAIL = OLD.seq::text;
END
$$;
--> statement-breakpoint
CREATE TRIGGER events_are_append_only BEFORE UPDATE OR DELETE ON "events"
  FOR EACH ROW EXECUTE FUNCTION refuse_other_event();
