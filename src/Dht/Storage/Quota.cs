namespace NuCypher.P2P.Dht;

/// <summary>Counts what each owner has, up to a limit.</summary>
internal sealed class Quota<TOwner>(int limit)
    where TOwner : notnull
{
    private Dictionary<TOwner, int>? _counts;

    public bool HasRoom(TOwner owner) => (_counts?.GetValueOrDefault(owner) ?? 0) < limit;

    public void Add(TOwner owner) => (_counts ??= [])[owner] = _counts.GetValueOrDefault(owner) + 1;

    public void Remove(TOwner owner)
    {
        if (_counts![owner] == 1)
            _counts.Remove(owner);
        else
            _counts[owner]--;
    }
}
