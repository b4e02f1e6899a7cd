-- Which roles there are, and what each may do, is one table in the code. A role that is not in it has no rights.
alter table app_user drop constraint app_user_role_check;
