-- Until when somebody is at work, unless they are heard of again; windows that close end it sooner.
-- `here` is what supervisors were told last. `seen_at` is written no more.
alter table desk_presence
add column here_until timestamptz not null default clock_timestamp(),
add column here boolean not null default false,
alter column seen_at set default clock_timestamp();
