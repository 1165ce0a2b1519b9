### Marking by people.

marking-title = Marking
marking-lead = Answers that wait for a person, oldest first. Learners see nothing until you hand it back.
marking-none-title = Nothing waits for marking
marking-none-text = Essays and files of graded quizzes appear here when they are handed in.
marking-quiz = Quiz
marking-question = Question
marking-question-number = Question { $n }
marking-to-judge = To mark
marking-to-settle = To settle
marking-to-hand-back = To hand back
marking-others = With others
marking-oldest = Oldest
marking-waits = Waits
marking-person = Learner
marking-answers = Answers
marking-by-question = By question
marking-by-person = By learner
marking-somebody = Learner { $n }
marking-anonymous = Names are hidden until the marks are handed back.
marking-two-markers = Two people mark each answer on their own.
marking-hand-back-all = Hand back everything marked ({ $n })
marking-task-judge = to mark
marking-task-settle = to settle
marking-task-hand-back = to hand back
marking-task-others = with another marker
marking-just-now = less than an hour
marking-hours = { $n ->
    [one] { $n } hour
   *[other] { $n } hours
}
marking-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
}
marking-words = { $n ->
    [one] { $n } word
   *[other] { $n } words
}

marking-answer = The answer
marking-explanation = What a good answer holds
marking-judge = Your mark
marking-hidden-name = Name hidden
marking-somebody-gone = A former marker
marking-standing-waiting = Not marked yet
marking-standing-one = One mark is missing
marking-standing-differing = The marks differ
marking-standing-ready = Marked, not handed back
marking-standing-released = Handed back
marking-settle-lead = The two marks lie too far apart. Read both. One of the two changes their mark, or a third marker decides.
marking-overtaken = Somebody saved a mark while this page was open. It stands below. What you chose and wrote is still here; save again to put yours above it.
marking-marks = Marks, 0 to { $of }
marking-comment = Comment for the learner
marking-comment-hint = Markdown: *emphasis*, **strong**, lists, links.
marking-save-next = Save and next
marking-save-hand-back = Save and hand back
marking-skip = Skip
marking-draft-note = A saved mark is a draft: the learner sees it when it is handed back.
marking-history = Marks so far
marking-decision = Decision
marking-marks-given = Marks: { $marks }

marking-noted = The mark is saved.
marking-one-handed-back = The mark is handed back.
marking-handed-back = The marks are handed back.
marking-nothing-ready = Nothing is ready to be handed back.
marking-no-more = Nothing else waits for you in this quiz.
marking-own = Nobody marks answers of their own. Another trainer of this course can.
marking-not-finished = This attempt is not handed in yet.
marking-row-missing = Choose a level for each row.
marking-marks-missing = Write the marks as a number.
marking-marks-outside = The marks lie outside what can be earned.
marking-comment-long = The comment is too long. Ten thousand characters fit.
