// Sends files one by one and shows how far each is. What broke off is sent again under the same id, so that it is kept
// once however often it comes.
//
// form[data-files]   with a file field, a <progress> in [data-going], an error in #file-error [data-text]
const TRIES = 5;

export function startFiles(form) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const field = form.querySelector("input[type=file]");
    const button = form.querySelector("button");
    button.disabled = true;
    const texts = [];
    for (const file of field.files) texts.push(await deliver(form, file));
    button.disabled = false;
    const wrong = texts.find(Boolean);
    if (wrong) refuse(form, wrong);
    else location.reload();
  });
}

async function deliver(form, file) {
  const op = crypto.randomUUID();
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const reply = await send(form, file, op);
    if (reply.status === 200) return "";
    if (reply.text) return reply.text;
    show(form, 0, form.dataset.broken);
    await new Promise((done) => setTimeout(done, 1000 * attempt));
  }
  return form.dataset.failed;
}

function send(form, file, op) {
  const body = new FormData();
  body.append("csrf", form.elements.csrf.value);
  body.append("op", op);
  body.append("file", file);
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("accept", "application/json");
    request.responseType = "json";
    request.upload.addEventListener("progress", ({ loaded, total }) => show(form, (100 * loaded) / total, file.name));
    request.addEventListener("load", () => {
      const refused = request.status >= 400 && request.status < 500;
      const text = request.response?.text ?? (refused ? form.dataset.failed : "");
      done({ status: request.status, text });
    });
    request.addEventListener("error", () => done({ status: 0, text: "" }));
    request.send(body);
  });
}

function show(form, percent, text) {
  const going = form.querySelector("[data-going]");
  going.hidden = false;
  going.querySelector("progress").value = percent;
  going.querySelector("[data-state]").textContent = text;
}

function refuse(form, text) {
  form.querySelector("[data-going]").hidden = true;
  const error = form.querySelector("#file-error");
  error.querySelector("[data-text]").textContent = text;
  error.className = "err";
  error.hidden = false;
  form.querySelector("input[type=file]").focus();
}
