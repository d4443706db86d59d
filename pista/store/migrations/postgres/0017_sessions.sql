-- What tells somebody their own sessions apart: an id that may be shown, unlike the token, the browser
-- and system, and the country of the address. The address itself is not kept.
alter table user_sessions
add column id uuid not null default gen_random_uuid() unique,
add column browser text not null default '',
add column os text not null default '',
add column country text not null default '';
