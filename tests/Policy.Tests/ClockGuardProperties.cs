using CsCheck;
using NuCypher.P2P.Policy.Tests.Support;

namespace NuCypher.P2P.Policy.Tests;

/// <summary>
/// Random errors of a clock against the law: nothing is refused or destroyed by one for longer than it lasts.
/// </summary>
public sealed class ClockGuardProperties(ITestOutputHelper output)
{
    private static readonly ClockGuardOptions Options = new();

    private static readonly int[] Errors = [0, 0, 1, -1, 60, -60, 1440, -1440, 600_000];

    // Seconds to the next reading, and how many minutes the clock is wrong then.
    private static readonly Gen<(int Seconds, int Error)[]> Readings =
        Gen.Select(
            Gen.Int[1, 300],
            Gen.Int[0, Errors.Length - 1].Select(i => Errors[i]),
            (seconds, error) => (seconds, error)).Array[1, 40];

    [Fact]
    public void Read_ErrorsShorterThanTheDoubt_NeverHideTheTrueTime() =>
        Readings.Sample(
            readings => KeepsTheLaw(readings, begin: TimeSpan.FromMinutes(1), atStart: false),
            writeLine: output.WriteLine);

    /// <summary>A clock that is set at the start is served by, but nothing is destroyed by it.</summary>
    [Fact]
    public void Read_ErrorsFromTheStart_DeleteNothingAndEndWithTheError() =>
        Readings.Sample(
            readings => KeepsTheLaw(readings, begin: TimeSpan.FromSeconds(1), atStart: true),
            writeLine: output.WriteLine);

    private static void KeepsTheLaw((int Seconds, int Error)[] readings, TimeSpan begin, bool atStart)
    {
        var (up, wrongSince) = (begin, (TimeSpan?)null);
        var guard = ClockGuard.Start(At(default, 0), Options).Note(At(up, 0));
        foreach (var (seconds, error) in readings)
        {
            up += TimeSpan.FromSeconds(seconds);
            wrongSince = error == 0 ? null : wrongSince ?? up;
            var isTooLong = up - wrongSince >= Options.JumpDoubt;
            var moment = At(up, isTooLong ? 0 : error);
            wrongSince = isTooLong ? null : wrongSince;

            guard = guard.Note(moment);
            var reading = guard.Read(moment);

            Assert.True(reading.Over <= Cast.Now + up);
            if (wrongSince is null)
                Assert.Equal((false, Cast.Now + up), (reading.IsDoubtful, reading.Now));
            if (atStart)
                continue;
            Assert.InRange(Cast.Now + up, reading.Earliest, reading.Latest);
            Assert.Equal(wrongSince is not null, reading.IsDoubtful);
        }
    }

    private static Moment At(TimeSpan up, int errorMinutes) =>
        new(Cast.Now + up + TimeSpan.FromMinutes(errorMinutes), up);
}
