-- The delivery log of all channels, newest first.
create index delivery_recent on delivery (operator_id, created_at desc, id desc);
