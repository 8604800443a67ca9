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
    private static readonly Dictionary<string, JsonSchema> Schemas = [];
    private static readonly Lock One = new(); // the library has one register for the whole process

    public static IEnumerable<string> Names => Document["$defs"]!.AsObject().Select(pair => pair.Key);

    /// <summary>What is wrong with an output; empty if it is as documented.</summary>
    public static string Check(string name, JsonElement output)
    {
        using var held = One.EnterScope();
        if (!Schemas.TryGetValue(name, out var schema))
            Schemas.Add(name, schema = SchemaOf(name));
        var results = schema.Evaluate(
            output, new EvaluationOptions { OutputFormat = OutputFormat.List, RequireFormatValidation = true });
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

    private static JsonSchema SchemaOf(string name)
    {
        var schema = Document.DeepClone().AsObject();
        schema["$id"] = $"https://schema.invalid/{name}";
        schema["$ref"] = $"#/$defs/{name}";
        return JsonSchema.FromText(schema.ToJsonString());
    }
}
