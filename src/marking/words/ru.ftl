### Оценивание людьми.

marking-title = Оценивание
marking-lead = Ответы, которые ждут человека, сначала самые старые. Слушатель ничего не видит, пока вы не вернёте оценку.
marking-none-title = Ничто не ждёт оценивания
marking-none-text = Эссе и файлы оцениваемых тестов появляются здесь, когда их сдают.
marking-quiz = Тест
marking-question = Вопрос
marking-question-number = Вопрос { $n }
marking-to-judge = Оценить
marking-to-settle = Согласовать
marking-to-hand-back = Вернуть
marking-others = У других
marking-oldest = Самый старый
marking-waits = Ждёт
marking-person = Слушатель
marking-answers = Ответы
marking-by-question = По вопросам
marking-by-person = По слушателям
marking-somebody = Слушатель { $n }
marking-anonymous = Имена скрыты, пока оценки не возвращены.
marking-two-markers = Каждый ответ независимо оценивают два человека.
marking-hand-back-all = Вернуть всё оценённое ({ $n })
marking-task-judge = оценить
marking-task-settle = согласовать
marking-task-hand-back = вернуть
marking-task-others = у другого проверяющего
marking-just-now = меньше часа
marking-hours = { $n ->
    [one] { $n } час
    [few] { $n } часа
   *[other] { $n } часов
}
marking-days = { $n ->
    [one] { $n } день
    [few] { $n } дня
   *[other] { $n } дней
}
marking-words = { $n ->
    [one] { $n } слово
    [few] { $n } слова
   *[other] { $n } слов
}

marking-answer = Ответ
marking-explanation = Что есть в хорошем ответе
marking-judge = Ваша оценка
marking-hidden-name = Имя скрыто
marking-somebody-gone = Бывший проверяющий
marking-standing-waiting = Ещё не оценено
marking-standing-one = Не хватает одной оценки
marking-standing-differing = Оценки расходятся
marking-standing-ready = Оценено, не возвращено
marking-standing-released = Возвращено
marking-settle-lead = Две оценки слишком далеки друг от друга. Прочтите обе. Один из двух меняет свою оценку, или решает третий проверяющий.
marking-overtaken = Пока эта страница была открыта, кто-то сохранил оценку. Она показана ниже. Всё, что вы выбрали и написали, осталось здесь; сохраните ещё раз, чтобы ваша оценка стала последней.
marking-marks = Баллы, от 0 до { $of }
marking-comment = Комментарий для слушателя
marking-comment-hint = Markdown: *курсив*, **жирный**, списки, ссылки.
marking-save-next = Сохранить и дальше
marking-save-hand-back = Сохранить и вернуть
marking-skip = Пропустить
marking-draft-note = Сохранённая оценка — черновик: слушатель увидит её, когда она будет возвращена.
marking-history = Оценки до сих пор
marking-decision = Решение
marking-marks-given = Баллы: { $marks }

marking-noted = Оценка сохранена.
marking-one-handed-back = Оценка возвращена.
marking-handed-back = Оценки возвращены.
marking-nothing-ready = Возвращать пока нечего.
marking-no-more = В этом тесте вас больше ничто не ждёт.
marking-own = Никто не оценивает собственные ответы. Это может сделать другой тренер курса.
marking-not-finished = Эта попытка ещё не сдана.
marking-row-missing = Выберите уровень для каждой строки.
marking-marks-missing = Запишите баллы числом.
marking-marks-outside = Баллы выходят за пределы возможного.
marking-comment-long = Комментарий слишком длинный. Помещается десять тысяч знаков.
