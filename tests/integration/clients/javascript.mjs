// The client replicate of npm.

import Replicate from "replicate";

const baseUrl = `${process.env.REPLICATE_BASE_URL}/v1`;
const client = new Replicate({ baseUrl }); // its token is in the environment

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const polling = { mode: "poll", interval: 50 };

async function versionOf(name) {
  return (await client.models.get("acme", name)).latest_version.id;
}

async function waited(prediction) {
  return client.wait(prediction, { interval: 50 });
}

// What a call is answered with that fails: its status and its body.
async function problemOf(call) {
  try {
    return [200, await call()];
  } catch (error) {
    if (!error.response) throw error;
    return [error.response.status, JSON.parse(error.message.slice(error.message.indexOf("{"), -1))];
  }
}

function upload() {
  return client.files.create(new File(["hello"], "note.txt", { type: "text/plain" }), { from: "test" });
}

async function trainInto(name) {
  await client.models.create("acme", name, { visibility: "private", hardware: "cpu" });
  return client.trainings.create("acme", "trained", await versionOf("trained"), {
    destination: `acme/${name}`,
    input: { steps: 3 },
  });
}

const steps = {
  async account() {
    const found = await client.accounts.current();
    return [found.type, found.username];
  },

  async hardware() {
    return (await client.hardware.list()).map((found) => found.sku);
  },

  async get_a_model() {
    const found = await client.models.get("acme", "echo");
    return [found.owner, found.name, found.description, found.visibility];
  },

  async run_by_name() {
    return client.run("acme/echo", { input: { prompt: "fox", times: 2 } });
  },

  async run_by_version() {
    return client.run(`acme/community:${await versionOf("community")}`, { input: { prompt: "owl" } });
  },

  async run_by_polling() {
    return client.run("acme/echo", { input: { prompt: "elk" }, wait: polling });
  },

  async run_an_iterator() {
    return client.run("acme/words", { input: { text: "a, b, c" } });
  },

  async create_and_wait() {
    const made = await client.predictions.create({ version: await versionOf("community"), input: { prompt: "bear" } });
    const found = await waited(made);
    return [made.status, found.status, found.output, found.metrics.predict_time > 0];
  },

  async create_and_hold() {
    const version = await versionOf("community");
    const found = await client.predictions.create({ version, input: { prompt: "hare" }, wait: 10 });
    return [found.status, found.output];
  },

  async logs() {
    const made = await client.predictions.create({ model: "acme/echo", input: { prompt: "cat" } });
    return (await waited(made)).logs;
  },

  async stream() {
    const events = [];
    for await (const event of client.stream("acme/words", { input: { text: "a, b\nb, c" } })) events.push(event);
    const output = events.filter((event) => event.event === "output").map((event) => event.data);
    return [output, events.at(-1).event, events.every((event) => event.id)];
  },

  async stream_of_a_failure() {
    const seen = [];
    for await (const event of client.stream("acme/broken", { input: { prompt: "x" } })) seen.push(event.event);
    return seen;
  },

  async cancel() {
    const made = await client.predictions.create({ model: "acme/slow", input: {} });
    const canceled = await client.predictions.cancel(made.id);
    return [canceled.status, (await client.predictions.get(made.id)).status];
  },

  async failure() {
    const made = await client.predictions.create({ model: "acme/broken", input: { prompt: "x" } });
    const error = await waited(made).catch((thrown) => thrown.message);
    if (error !== "Prediction failed: out of memory") return error;
    const found = await client.predictions.get(made.id);
    return [found.status, found.error, found.logs.split("\n")[0]];
  },

  async invalid_input() {
    const [status, body] = await problemOf(() => client.run("acme/echo", { input: { text: "x" } }));
    return [status, body.title, body.detail.includes("prompt is required")];
  },

  async what_there_is_not() {
    return (await problemOf(() => client.models.get("acme", "nothing")))[0];
  },

  async a_wrong_token() {
    const stranger = new Replicate({ baseUrl, auth: "r8_wrong" });
    const [status, body] = await problemOf(() => stranger.accounts.current());
    return [status, body.detail];
  },

  async upload_a_file() {
    const file = await upload();
    return [file.content_type, file.size, file.checksums.sha256.slice(0, 8), file.metadata, file.name];
  },

  async get_a_file() {
    return (await client.files.get((await upload()).id)).metadata;
  },

  async list_files() {
    const file = await upload();
    return (await client.files.list()).results.some((found) => found.id === file.id);
  },

  async delete_a_file() {
    const file = await upload();
    const gone = await client.files.delete(file.id);
    return [gone, (await client.files.list()).results.some((found) => found.id === file.id)];
  },

  async a_file_as_input() {
    const output = await client.run("acme/echo", { input: { prompt: Buffer.from("hello") } });
    return output.startsWith(`${baseUrl}/files/`);
  },

  async pages() {
    const found = [];
    for await (const page of client.paginate(client.models.list)) found.push(page.map((model) => model.name));
    const names = found.flat();
    const fillers = names.filter((name) => name.startsWith("filler-"));
    return [found[0].length, names.length === new Set(names).size, fillers.length];
  },

  async list_predictions() {
    const made = await client.predictions.create({ model: "acme/echo", input: { prompt: "cat" } });
    return (await client.predictions.list()).results[0].id === made.id;
  },

  async list_versions() {
    const found = (await client.models.versions.list("acme", "echo")).results.map((version) => version.id);
    return found.length === 1 && found[0] === (await versionOf("echo"));
  },

  async search_models() {
    return (await client.models.search("echo")).results.map((model) => model.name);
  },

  async search() {
    return client.search("echo");
  },

  async webhook_secret() {
    return (await client.webhooks.default.secret.get()).key.slice(0, 6);
  },

  async collections() {
    const slugs = (await client.collections.list()).results.map((found) => found.slug);
    const found = [];
    for (const slug of slugs) found.push((await client.collections.get(slug)).slug);
    return JSON.stringify(found) === JSON.stringify(slugs);
  },

  async list_deployments() {
    return (await client.deployments.list()).results.map((found) => found.name);
  },

  async run_a_deployment() {
    const made = await client.deployments.predictions.create("acme", "front", { input: { prompt: "goat" } });
    return (await waited(made)).output;
  },

  async a_deployments_life() {
    const version = await versionOf("echo");
    const settings = { model: "acme/echo", version, hardware: "cpu", min_instances: 0, max_instances: 1 };
    const made = await client.deployments.create({ name: "passing", ...settings });
    const changed = await client.deployments.update("acme", "passing", { max_instances: 2 });
    const releases = [made.current_release.number, changed.current_release.number];
    const most = changed.current_release.configuration.max_instances;
    return [...releases, most, await client.deployments.delete("acme", "passing")];
  },

  async a_models_life() {
    const made = await client.models.create("acme", "passing", { visibility: "private", hardware: "cpu" });
    return [made.name, made.visibility, await client.models.delete("acme", "passing")];
  },

  async update_a_model() {
    return client.models.update("acme", "echo", { description: "Said again" });
  },

  async readme() {
    return client.models.readme.get("acme", "echo");
  },

  async examples() {
    return client.models.examples.list("acme", "echo");
  },

  async delete_a_version() {
    return client.models.versions.delete("acme", "secret", await versionOf("secret"));
  },

  async train() {
    let training = await trainInto("tuned");
    const first = training.status;
    while (!["succeeded", "failed", "canceled"].includes(training.status)) {
      await sleep(50);
      training = await client.trainings.get(training.id);
    }
    const made = training.output.version === `acme/tuned:${await versionOf("tuned")}`;
    return [first, training.status, made, training.logs];
  },

  async cancel_a_training() {
    const training = await trainInto("untuned");
    const canceled = await client.trainings.cancel(training.id);
    return [canceled.status, (await client.trainings.list()).results.some((found) => found.id === training.id)];
  },
};

const seen = {};
for (const [name, step] of Object.entries(steps)) {
  const start = performance.now();
  try {
    seen[name] = { value: (await step()) ?? null };
  } catch (error) {
    seen[name] = { error: `${error.name}: ${error.message}` };
  }
  seen[name].seconds = Math.round(performance.now() - start) / 1000;
}
console.log(JSON.stringify(seen));
