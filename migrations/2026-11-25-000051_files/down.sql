drop table answer_pieces;
drop table answer_files;
