namespace NuCypher.P2P.Policy.Ursula;

/// <summary>
/// What an Ursula holds besides the policy that is asked about: arrangements and tombstones included.
/// </summary>
/// <param name="Policies">Of everybody.</param>
/// <param name="OfOwner">Of the Alice who asks: <see cref="ProxyKeys.TagOf"/> tells whose is whose.</param>
/// <param name="OfSource">From the address that asks, since the start.</param>
public readonly record struct UrsulaLoad(int Policies, int OfOwner, int OfSource = 0);
