### What programs are told; they may show it to people.

api-token-refused = The token is not valid or its time is over. Sign in again.
api-json-needed = Send the body as JSON with the header “Content-Type: application/json”.
api-json-unreadable = The body is not the JSON that is described for this call.
api-body-large = The body is too large.
api-key-unreadable = The idempotency key must be a UUID.
api-key-used = This idempotency key was used for another request.
api-fields = Some fields cannot be used.
api-language-unknown = Choose one of the languages az, en and ru.
api-event-unknown = Events are “viewed” and “completed”.
api-option-unknown = The question has no such option.
api-answer-stale = Another answer was saved meanwhile. Look at both and send the one that is to stay.
api-place-unknown = The place where the page is to begin is not known.
api-filter-unknown = One of the filters has a value that is not known.
api-judgement-overtaken = Somebody else judged this answer meanwhile.
