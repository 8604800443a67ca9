using System.Reflection;
using Xunit.Sdk;

namespace NuCypher.P2P.ActorRuntime.Tests.Contract;

/// <summary>Runs a test on the thread pool, several times, and on the deterministic dispatcher, under many seeds.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnBothDispatchersAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) =>
        [["thread pool"], ["deterministic"]];
}
