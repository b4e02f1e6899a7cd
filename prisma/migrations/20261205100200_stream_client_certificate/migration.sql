-- What a stream by syslog shows of itself: the certificate with its key is sealed, this is what people see of it.
alter table audit_stream
  add column client_subject text,
  add column client_expires_at timestamptz,
  add constraint audit_stream_client check ((client_subject is null) = (client_expires_at is null));
