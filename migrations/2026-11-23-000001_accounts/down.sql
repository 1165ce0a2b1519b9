drop table one_time_links;
drop table sign_in_failures;
drop table sessions;
drop table people;
drop table organisations;
