using System.Globalization;
using System.Text.Json;
using NuCypher.P2P.Actors.Links;
using NuCypher.P2P.Node.Https;

namespace NuCypher.P2P.Node.Tests.Https;

/// <summary>docs/openapi.json says what the server does; <see cref="HttpsServerTests"/> does what it says.</summary>
public sealed class OpenApiTests
{
    private static readonly JsonElement Document = JsonDocument.Parse(File.ReadAllText("openapi.json")).RootElement;

    [Fact]
    public void Paths_OfTheService_AreInTheDocumentWithTheirLimits()
    {
        foreach (var route in ServiceRoute.All)
        {
            var operation = Document.GetProperty("paths").GetProperty(route.Path).GetProperty(
                route.Method.Method.ToLowerInvariant());

            Assert.Equal(route.MaxRequestSize > 0, operation.TryGetProperty("requestBody", out var body));
            if (route.MaxRequestSize > 0)
            {
                var limit = string.Create(CultureInfo.InvariantCulture, $"at most {route.MaxRequestSize:N0} bytes");
                Assert.Contains(limit, body.GetProperty("description").GetString(), StringComparison.Ordinal);
            }
        }
    }

    [Theory, InlineData(typeof(NodeStatus), "Status"), InlineData(typeof(SwarmStatus), "Swarm")]
    internal void Schemas_OfStatus_HaveThePropertiesOfTheJson(Type type, string schema)
    {
        var properties =
            Document.GetProperty("components").GetProperty("schemas").GetProperty(schema).GetProperty("properties");

        var expected = type.GetProperties().Select(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name)).Order();

        Assert.Equal(expected, properties.EnumerateObject().Select(p => p.Name).Order());
    }

    public static IEnumerable<(string Method, string Path)> Operations() =>
        from path in Document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        where operation.Name != "parameters"
        select (operation.Name.ToUpperInvariant(), path.Name);
}
