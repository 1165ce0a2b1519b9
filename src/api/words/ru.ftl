### What programs are told; they may show it to people.

api-token-refused = Токен недействителен или его срок истёк. Войдите снова.
api-json-needed = Отправьте тело запроса в формате JSON с заголовком «Content-Type: application/json».
api-json-unreadable = Тело запроса не является JSON, описанным для этого вызова.
api-body-large = Тело запроса слишком большое.
api-key-unreadable = Ключ идемпотентности должен быть UUID.
api-key-used = Этот ключ идемпотентности уже использован для другого запроса.
api-fields = Некоторые поля заполнены неверно.
api-language-unknown = Выберите один из языков: az, en, ru.
api-event-unknown = Возможные события: «viewed» и «completed».
api-option-unknown = В вопросе нет такого варианта.
api-answer-stale = За это время был сохранён другой ответ. Сравните оба и отправьте тот, который должен остаться.
api-place-unknown = Неизвестно, с какого места начинать страницу.
api-filter-unknown = Значение одного из фильтров неизвестно.
api-judgement-overtaken = Пока вы работали, этот ответ оценил кто-то другой.
