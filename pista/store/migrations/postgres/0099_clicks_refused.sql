-- Whether a browser asked not to be followed (Global Privacy Control, Do Not Track, opted out).
alter table clicks add column refused boolean not null default false;
