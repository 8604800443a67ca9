using System.Globalization;
using BenchmarkDotNet.Running;
using NuCypher.P2P.Benchmarks.Policies;
using NuCypher.P2P.Benchmarks.Umbral;

if (args is ["policies", var count])
    await PolicyRecovery.Run(int.Parse(count, CultureInfo.InvariantCulture));
else if (args is ["umbral-compare", .. var comparison])
    UmbralComparison.Run(comparison);
else if (args is ["umbral-constant-time"])
    return ConstantTimeCheck.Run();
else
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
