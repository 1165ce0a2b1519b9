### Taking quizzes.

quiz-not-enrolled = Join the course to answer. It is free.
quiz-not-open-yet = This quiz is not open yet.
quiz-closed = This quiz has closed.
quiz-no-attempts-left = All attempts are used. Your result stays as it is.
quiz-finished-already = This attempt is finished. Your answers cannot be changed any more.
quiz-time-up = Time is up. The answers saved in time were handed in.
quiz-not-finished = The result is shown when the attempt is finished.

quiz-n-questions = { $n ->
    [one] { $n } question
   *[other] { $n } questions
}
quiz-n-minutes = { $n ->
    [one] Time: { $n } minute
   *[other] Time: { $n } minutes
}
quiz-no-time-limit = No time limit
quiz-pass-mark = Pass mark: { $pass }
quiz-attempts-left = Attempts left: { $n }
quiz-attempts-unlimited = As many attempts as you like
quiz-best-counts = The best attempt counts
quiz-last-counts = The last attempt counts
quiz-average-counts = The average of all attempts counts
quiz-best-result = Your best result: { $share }
quiz-start = Start the quiz
quiz-start-again = Start a new attempt
quiz-resume = Continue the attempt
quiz-last-result = See the last result

quiz-attempt-number = Attempt { $number }.
quiz-question-of = Question { $number } of { $of }
quiz-question = Question { $number }
quiz-marks = Marks: { $marks }
quiz-marks-of = Marks: { $marks } of { $of }
quiz-questions = Questions
quiz-answered = answered
quiz-not-answered = Not answered yet
quiz-saving-note = You can leave this page and continue on another device. Saved answers stay.
quiz-save-answers = Save answers
quiz-answers-saved = Your answers are saved.
quiz-finish = Hand in
quiz-back-to-lesson = Back to the lesson
quiz-back-to-questions = Back to the questions

quiz-blank-count = { $n ->
    [one] { $n } question has no answer:
   *[other] { $n } questions have no answer:
}
finish-title = Hand in your answers
finish-all-answered = Every question has an answer.
finish-final = After you hand in, answers cannot be changed.

compare-title = Two answers to the same question
compare-lead = This page was opened before the saved answer changed in another tab or on another device. Choose which answer to keep.
compare-mine = Your answer on this page
compare-other = The saved answer, { $at }
compare-keep = Keep the chosen answers

review-title = Result: { $quiz }
review-passed = Passed
review-not-passed = Not passed yet
review-regraded = The marks for this question were worked out anew: { $old } → { $new }. Reason: { $reason }
review-finished = Handed in: { $at }
quiz-answers-hidden = Right answers are shown after you pass or when no attempts are left.
quiz-review-hidden = Questions and answers of this quiz are not shown.

practice-blank = Give an answer first, then check it.
practice-join = Join the course to check your answers.
practice-join-link = Open the course page
quiz-locked = This test is not open yet. The page of its lesson says what opens it.
quiz-other-form = You get the other form of this test. It is linked on the course page.

quiz-too-soon = The next attempt can start a little later.
quiz-wait-minutes = { $n ->
    [one] You can start again in { $n } minute.
   *[other] You can start again in { $n } minutes.
}
quiz-cut-short = { $n ->
    [one] The quiz closes soon: you would have only { $n } minute.
   *[other] The quiz closes soon: you would have only { $n } minutes.
}
quiz-password-title = This quiz needs a password
quiz-password-lead = Your trainer tells you the password.
quiz-password = Quiz password
quiz-password-wrong = That is not the password of this quiz. Ask your trainer.
quiz-plays-immediate = Each question is checked once, by itself
quiz-plays-tries = Several tries for each question; each further try costs marks
quiz-plays-adaptive = As many tries as you like; each further try costs marks
quiz-plays-points-list = Several tries for each question; a better try adds marks, none are lost
quiz-plays-certainty = You say how sure you are of each answer
quiz-tries-left = Tries left: { $n }
quiz-kept = The answer is kept.
quiz-sure = How sure are you?
quiz-sure-hint = Unsure: right earns 1, wrong costs nothing. Fairly sure: right earns 2, wrong costs 2. Very sure: right earns 3, wrong costs 6.
quiz-sure-low = Unsure
quiz-sure-mid = Fairly sure
quiz-sure-high = Very sure
quiz-was-sure = How sure you were: { $sure }.
quiz-right-at = Right at try { $n }: { $marks } of { $of }.
quiz-after-tries = Tries: { $n }. Marks: { $marks } of { $of }.
quiz-hints-used = Hints used: { $n }.
quiz-not-counted = This attempt was not handed in in time. It does not count.
quiz-given-back = { $n ->
    [one] You got { $n } minute more because the platform was not reachable.
   *[other] You got { $n } minutes more because the platform was not reachable.
}
finish-late = { $n ->
    [one] Time is up. Answers cannot be changed, but you can still hand in for { $n } minute.
   *[other] Time is up. Answers cannot be changed, but you can still hand in for { $n } minutes.
}

terms-title = Times and attempts: { $quiz }
terms-lead = Give everyone or one learner other times, more attempts or a password. What you leave empty stays as the course says; the last entry for everyone and the last for a learner hold. Attempts that are open get their new end at once.
terms-email = Learner’s e-mail
terms-email-hint = Empty: for everyone.
terms-email-unknown = Nobody has this e-mail address.
terms-open = Opens
terms-close = Closes
terms-opens = Opens: { $at }
terms-closes = Closes: { $at }
terms-minutes = Minutes for one attempt
terms-attempts = Number of attempts
terms-zero = 0 is no limit.
terms-n-attempts = Attempts: { $n }
terms-moment-wrong = Write the date and the time.
terms-close-early = The quiz must close after it opens.
terms-count-wrong = Write a whole number.
terms-password-hint = Only for everyone. Empty keeps the present one.
terms-password-none = No password any more
terms-password-everyone = A password is for everyone: leave the e-mail empty.
terms-password-set = With a password
terms-reason = Reason
terms-reason-hint = It is kept with your name.
terms-reason-missing = Write a reason, up to 500 characters.
terms-give = Save
terms-granted = Saved. It holds from now on.
terms-history = What was given
terms-nothing = Nothing was changed: the course’s own rules hold.
terms-as-written = As the course says
terms-everyone = Everyone
terms-when = When
terms-to = For
terms-what = What
terms-by = By
review-waits = Waits for marking
review-waiting = { $n ->
    [one] Handed in. { $n } answer waits for a trainer to mark it; the result follows.
   *[other] Handed in. { $n } answers wait for a trainer to mark them; the result follows.
}

files-title = Your files
files-none = No file is handed over yet.
files-choose = Files
files-send = Hand over
files-going = How much has arrived
files-take-back = Take back
files-full = There is room for no more. Take a file back to hand over another one.
files-retrying = The connection broke off. Trying again.
file-taken = The file is handed over.
file-taken-back = The file is taken back.
file-missing = Choose a file first.
file-empty = This file is empty.
file-kind = This kind of file is not asked for.
file-disguised = The content of this file is not what its name says. Save it again in the right format.
file-too-large = This file is too large.
file-too-many = There are as many files as the question takes. Take one back first.
file-too-much = This attempt holds as many files as it may. Take one back, or wait until the others have arrived.
file-broken = The file did not arrive whole. Send it again.
