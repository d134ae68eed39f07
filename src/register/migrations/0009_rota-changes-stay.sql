-- Who changed a rota with whom stays answerable: a change is undone by another row, never by an edit.
CREATE FUNCTION refuse_rota_change_edit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'change % of a rota is already recorded and is never changed', OLD.id USING ERRCODE = 'RD003';
END
$$;
--> statement-breakpoint
CREATE TRIGGER rota_changes_are_append_only BEFORE UPDATE OR DELETE ON "rota_changes"
  FOR EACH ROW EXECUTE FUNCTION refuse_rota_change_edit();
