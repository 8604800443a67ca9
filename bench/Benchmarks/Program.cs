using System.Globalization;
using BenchmarkDotNet.Running;
using NuCypher.P2P.Benchmarks.Policies;
using NuCypher.P2P.Benchmarks.Umbral;

if (args is ["policies", var count])
    await PolicyRecovery.Run(int.Parse(count, CultureInfo.InvariantCulture));
else if (args is ["umbral-compare", .. var comparison])
    UmbralComparison.Run(comparison);
else
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
