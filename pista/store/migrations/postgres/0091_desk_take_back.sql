-- What an import reopened goes back to what it was when that is undone.
insert into desk_moves (move, from_status, to_status) values
('take_back', 'nuevo', 'terminado'),
('take_back', 'derivado', 'terminado'),
('take_back', 'no_gestionado', 'terminado'),
('take_back', 'nuevo', 'no_gestionado'),
('take_back', 'derivado', 'no_gestionado');

-- Cases that did not begin after all, for reports on those that did.
create index desk_history_taken_back on desk_history (tenant_id, cliente_id, came_at)
where move = 'take_back';
