"""The history of an order can grow, nothing else. Only the name of erased staff may vanish from it."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION orders_orderevent_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        OLD.actor_id := NULL;
        IF OLD = NEW THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'events of orders are never changed or deleted'
        USING ERRCODE = 'integrity_constraint_violation';
END
$$;
CREATE TRIGGER orders_orderevent_append_only BEFORE UPDATE OR DELETE ON orders_orderevent
    FOR EACH ROW EXECUTE FUNCTION orders_orderevent_refuse();
"""
BACKWARD = """
DROP TRIGGER orders_orderevent_append_only ON orders_orderevent;
DROP FUNCTION orders_orderevent_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("orders", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
