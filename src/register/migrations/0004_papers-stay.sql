-- A paper on the register keeps its key, its number, its place and, once it is filed, its content. No row goes.
CREATE FUNCTION keep_paper() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  free text[] := CASE OLD.state WHEN 'drafting' THEN '{state,sha256,size,filed_at,given_up}' ELSE '{}' END::text[]
    || CASE WHEN OLD.pdf_path IS NULL THEN '{pdf_path,pdf_sha256}' ELSE '{}' END::text[];
BEGIN
  IF TG_OP = 'DELETE' OR to_jsonb(NEW) - free IS DISTINCT FROM to_jsonb(OLD) - free THEN
    RAISE EXCEPTION 'a paper on the register is never changed or removed' USING ERRCODE = 'RD002';
  END IF;
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER papers_stay BEFORE UPDATE OR DELETE ON "papers" FOR EACH ROW EXECUTE FUNCTION keep_paper();
--> statement-breakpoint
-- A number is given once: the counter only ever goes up by one.
CREATE FUNCTION keep_series() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR (NEW.series, NEW.year) IS DISTINCT FROM (OLD.series, OLD.year) OR NEW.last <> OLD.last + 1 THEN
    RAISE EXCEPTION 'the numbers of a series are given one by one' USING ERRCODE = 'RD002';
  END IF;
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER paper_series_stay BEFORE UPDATE OR DELETE ON "paper_series" FOR EACH ROW EXECUTE FUNCTION keep_series();
--> statement-breakpoint
-- A copy that was given stays given.
CREATE FUNCTION keep_copy() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR (NEW.paper, NEW.role) IS DISTINCT FROM (OLD.paper, OLD.role) OR OLD.given_at IS NOT NULL THEN
    RAISE EXCEPTION 'the record of a copy is never changed or removed' USING ERRCODE = 'RD002';
  END IF;
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER paper_copies_stay BEFORE UPDATE OR DELETE ON "paper_copies" FOR EACH ROW EXECUTE FUNCTION keep_copy();
--> statement-breakpoint
CREATE FUNCTION keep_delivery() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the record of a delivery is never changed or removed' USING ERRCODE = 'RD002';
END
$$;
--> statement-breakpoint
CREATE TRIGGER paper_deliveries_stay BEFORE UPDATE OR DELETE ON "paper_deliveries" FOR EACH ROW EXECUTE FUNCTION keep_delivery();
