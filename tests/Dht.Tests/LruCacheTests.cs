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

    [Fact]
    public void RemoveOldest_LastOfMany_GivesTheRoomBackAndTakesNewOnes()
    {
        var cache = new LruCache<int, int>(256);
        for (var i = 0; i < 200; i++)
            cache.Set(i, i);

        for (var i = 0; i < 200; i++)
            cache.RemoveOldest();

        Assert.Equal((0, 0), (cache.Count, cache.Room));
        Assert.False(cache.TryGet(199, out _));
        cache.Set(7, 8);
        Assert.True(cache.TryGet(7, out var value));
        Assert.Equal((8, 1), (value, cache.Count));
    }
}
