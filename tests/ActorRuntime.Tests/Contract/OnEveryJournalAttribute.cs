using System.Reflection;
using Xunit.Sdk;

namespace NuCypher.P2P.ActorRuntime.Tests.Contract;

/// <summary>Runs a test on every kind of journal.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnEveryJournalAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [["memory"], ["sqlite"]];
}
