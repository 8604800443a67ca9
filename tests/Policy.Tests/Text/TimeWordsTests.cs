using NuCypher.P2P.Policy.Text;

namespace NuCypher.P2P.Policy.Tests.Text;

public sealed class TimeWordsTests
{
    [Theory]
    [InlineData(0.5, "0.5 s")]
    [InlineData(59, "59 s")]
    [InlineData(60, "1 min")]
    [InlineData(4500, "1 h 15 min")]
    [InlineData(90061.7, "1 d 1 h 1 min 1 s")]
    public void Of_SomeTime_LeavesOutWhatIsZero(double seconds, string words) =>
        Assert.Equal(words, TimeWords.Of(TimeSpan.FromSeconds(seconds)));
}
