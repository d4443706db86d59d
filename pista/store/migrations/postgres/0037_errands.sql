-- Since when an errand is out there, and nobody has noted yet how it ended.
alter table jobs add column set_out_at timestamptz;
