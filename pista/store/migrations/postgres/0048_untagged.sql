-- Tags that somebody took off a contact, though one that was merged into it has them: noted here, so
-- that they are that one's again when the two are parted.
alter table contacts add column untagged text[] not null default '{}';
