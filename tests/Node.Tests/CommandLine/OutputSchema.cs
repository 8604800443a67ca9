using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace NuCypher.P2P.Node.Tests.CommandLine;

/// <summary>docs/command-line.schema.json, held against whatever a command prints with --json.</summary>
internal static class OutputSchema
{
    private static readonly JsonObject Document =
        JsonNode.Parse(File.ReadAllText("command-line.schema.json"))!.AsObject();
    private static readonly JsonSchema Schema = SchemaOfAll();
    private static readonly Lock One = new();

    public static IEnumerable<string> Names => Document["$defs"]!.AsObject().Select(pair => pair.Key);

    /// <summary>What is wrong with an output; empty if it is as documented.</summary>
    public static string Check(string name, JsonElement output)
    {
        using var held = One.EnterScope();
        var results = Schema.Evaluate(
            JsonSerializer.SerializeToElement(new Dictionary<string, JsonElement> { [name] = output }),
            new EvaluationOptions { OutputFormat = OutputFormat.List, RequireFormatValidation = true });
        return results.IsValid ? "" : string.Join("; ", (results.Details ?? []).Where(d => d.Errors is { Count: > 0 })
            .Select(d => $"{d.InstanceLocation}: {string.Join(", ", d.Errors!.Values)}")
            .Prepend($"not as documented: {name}: {output}"));
    }

    /// <summary>The name of the schema for the words of a command line.</summary>
    public static string NameOf(string[] words)
    {
        var names = new List<string>();
        for (var command = Nucypher.Root().Parse(words).CommandResult.Command; command is not RootCommand; command =
            command.Parents.OfType<Command>().Single())
            names.Insert(0, command.Name);
        return string.Join('-', names);
    }

    // An object with one property, which is the output, under the name of its schema.
    private static JsonSchema SchemaOfAll()
    {
        var schema = Document.DeepClone().AsObject();
        schema["properties"] = new JsonObject(Names.Select(name =>
            KeyValuePair.Create<string, JsonNode?>(name, new JsonObject { ["$ref"] = $"#/$defs/{name}" })));
        schema["additionalProperties"] = false;
        return JsonSchema.FromText(schema.ToJsonString());
    }
}
