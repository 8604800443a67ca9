namespace NuCypher.P2P.Dht.Tests;

public sealed class LruCacheTests
{
    [Fact]
    public void Set_AboveTheCapacity_ForgetsTheOneNotUsedForTheLongestTime()
    {
        var cache = new LruCache<int, string>(2);
        cache.Set(1, "a");
        cache.Set(2, "b");
        cache.TryGet(1, out _);

        cache.Set(3, "c");
        cache.Set(3, "d");

        Assert.False(cache.TryGet(2, out _));
        Assert.True(cache.TryGet(1, out _));
        Assert.True(cache.TryGet(3, out var value));
        Assert.Equal(("d", 2), (value, cache.Count));
    }
}
