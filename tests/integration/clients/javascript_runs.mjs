// The npm client, and what can be run with it.

import { createServer } from "node:http";
import { webcrypto } from "node:crypto";

import { Replicate, baseUrl, client, problemOf, take, versionOf, waited } from "./javascript_steps.mjs";

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const polling = { mode: "poll", interval: 50 };

async function trainInto(name) {
  await client.models.create("acme", name, { visibility: "private", hardware: "cpu" });
  return client.trainings.create("acme", "trained", await versionOf("trained"), {
    destination: `acme/${name}`,
    input: { steps: 3 },
  });
}

// The one webhook that a prediction sends: its headers and its body.
async function webhook() {
  const server = createServer();
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const received = new Promise((resolve) => {
    server.on("request", async (request, response) => {
      const chunks = [];
      for await (const chunk of request) chunks.push(chunk);
      response.writeHead(200, { connection: "close" }).end();
      resolve([request.headers, Buffer.concat(chunks).toString()]);
    });
  });
  await client.predictions.create({
    model: "acme/echo",
    input: { prompt: "goat" },
    webhook: `http://127.0.0.1:${server.address().port}/hook`,
    webhook_events_filter: ["completed"],
  });
  return received.finally(() => server.close());
}

await take({
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
    try {
      for await (const event of client.stream("acme/stumbling", { input: {} })) {
        if (event.event === "output") seen.push(event.data);
      }
    } catch (error) {
      seen.push(JSON.parse(error.message).detail);
    }
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

  async a_file_as_input() {
    return client.run("acme/reader", { input: { file: Buffer.from("hello") } });
  },

  async a_file_as_data() {
    const encoding = new Replicate({ baseUrl, fileEncodingStrategy: "data-uri" });
    return encoding.run("acme/reader", { input: { file: Buffer.from("hello") } });
  },

  async an_output_file() {
    const output = await client.run("acme/painter", { input: { prompt: "fox" }, wait: polling });
    return (await output.blob()).text();
  },

  async the_address_of_an_output_file() {
    const output = await client.run("acme/painter", { input: { prompt: "fox" }, wait: polling });
    return (await fetch(String(output))).text();
  },

  async receive_a_webhook() {
    const body = JSON.parse((await webhook())[1]);
    return [body.status, body.output];
  },

  async validate_a_webhook() {
    const [headers, body] = await webhook();
    const { key: secret } = await client.webhooks.default.secret.get();
    const id = headers["webhook-id"];
    const timestamp = headers["webhook-timestamp"];
    const signature = headers["webhook-signature"];
    return Replicate.validateWebhook({ id, timestamp, body, signature, secret }, webcrypto);
  },

  async run_a_deployment() {
    const made = await client.deployments.predictions.create("acme", "front", { input: { prompt: "goat" } });
    return (await waited(made)).output;
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
});
