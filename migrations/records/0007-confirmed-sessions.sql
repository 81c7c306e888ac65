-- When the person at this device last showed anew who they are: asked before what is hard to undo.
alter table accounts.session add column confirmed_at timestamptz;
