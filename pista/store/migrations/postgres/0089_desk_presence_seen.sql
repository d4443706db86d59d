-- Whoever is at work is so until `here_until`; nobody has written this since.
alter table desk_presence drop column seen_at;
