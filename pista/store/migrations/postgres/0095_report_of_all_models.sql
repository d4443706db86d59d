-- Most results have one paid click in the window, or none: what all models agree on is kept and added
-- up once, as of the model `all`, and not three times. What is stored by then stays as it is.
alter table report_shares drop constraint report_shares_model_check;
alter table report_shares add constraint report_shares_model_check
check (model in ('all', 'last', 'first', 'linear'));
