-- What could be seen when a message was written: who heard it last has not heard what came later,
-- even under a smaller number.
alter table desk_messages
add column known pg_snapshot not null default pg_current_snapshot();

create index desk_messages_written on desk_messages (written_in);
