// The npm client, and what else there is: the account, files, models, deployments, searches.

import { Replicate, baseUrl, client, problemOf, take, versionOf } from "./javascript_steps.mjs";

function upload() {
  return client.files.create(new File(["hello"], "note.txt", { type: "text/plain" }), { from: "test" });
}

await take({
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
    return [slugs, (await client.collections.get(slugs[0])).models.map((model) => model.name)];
  },

  async list_deployments() {
    return (await client.deployments.list()).results.map((found) => found.name);
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
});
